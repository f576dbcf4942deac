import { useQuery } from '@tanstack/react-query';
import { emergencyNowQuery } from '../emergency/use-emergency.ts';

/** Beside the menu's word while callers hear an emergency announcement. */
export function EmergencyMark() {
  const { data } = useQuery(emergencyNowQuery);
  if (data === undefined || data.on.length === 0) return null;
  return (
    <span className="ml-auto rounded-4 border border-yellow-900 bg-yellow-50 px-1 py-0.5 text-dns-14B-130 whitespace-nowrap text-yellow-1200">
      案内中
    </span>
  );
}
