import { Icon } from '../../design/icon.tsx';
import { KIND_GROUPS, pictureOf } from '../kind-pictures.ts';
import { kindLabel } from '../node-words.ts';

/** What a kind travels as while it is dragged from the palette to the canvas. */
export const DRAGGED_KIND = 'application/x-madoguchi-node-kind';

/** Every kind of node, to be dragged to its place or put in by a click. */
export function Palette({ onAdd }: { onAdd: (kind: string) => void }) {
  return (
    <div className="@container flex flex-col gap-3">
      {KIND_GROUPS.map(({ name, kinds }) => (
        <section key={name} aria-label={name}>
          <p aria-hidden="true" className="mb-1 text-dns-14B-130 text-solid-gray-700">
            {name}
          </p>
          <ul className="grid gap-1 @md:grid-cols-2">
            {kinds.map((kind) => (
              <li key={kind}>
                <button
                  type="button"
                  draggable
                  title={pictureOf(kind).purpose}
                  onClick={() => onAdd(kind)}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(DRAGGED_KIND, kind);
                    event.dataTransfer.effectAllowed = 'copy';
                  }}
                  className="flex min-h-9 w-full items-center gap-2 rounded-8 border border-solid-gray-420 bg-white px-2 text-left text-dns-14N-130 hover:bg-key-50"
                >
                  <span className="text-key-900">
                    <Icon name={pictureOf(kind).icon} />
                  </span>
                  {kindLabel(kind)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
