import { ApiError } from './api-error.ts';

/** What a chosen file holds, for a body that is JSON. @throws ApiError where it cannot be opened */
export function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.onerror = () =>
      reject(new ApiError(0, 'fileUnreadable', 'ファイルを開けません。もう一度選んでください。'));
    reader.readAsDataURL(file);
  });
}
