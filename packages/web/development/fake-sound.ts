/** Two seconds of two tones as WAV: 440 Hz left (caller), 660 Hz right (staff). */
export function fakeRecording(): Buffer {
  const rate = 8000;
  const frames = rate * 2;
  const sound = Buffer.alloc(44 + frames * 4);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(36 + frames * 4, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(2, 22);
  sound.writeUInt32LE(rate, 24);
  sound.writeUInt32LE(rate * 4, 28);
  sound.writeUInt16LE(4, 32);
  sound.writeUInt16LE(16, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(frames * 4, 40);
  for (let at = 0; at < frames; at += 1) {
    sound.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / rate)), 44 + at * 4);
    sound.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 660 * at) / rate)), 46 + at * 4);
  }
  return sound;
}
