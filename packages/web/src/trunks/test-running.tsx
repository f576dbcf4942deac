import { useEffect, useState } from 'react';
import { Icon } from '../design/icon.tsx';

/** Says that the other side is being asked, and for how long already: silence takes its time. */
export function TestRunning() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="flex items-center gap-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <span className="animate-pulse text-key-900">
        <Icon name="wait" className="size-6" />
      </span>
      <p className="text-std-16N-170">
        <span role="status">相手の機器に問い合わせています。10秒ほどかかることがあります。</span>
        <span aria-hidden="true" className="numerals ml-3">
          {seconds}秒
        </span>
      </p>
    </div>
  );
}
