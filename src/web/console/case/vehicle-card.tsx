import type { Messages } from '../../../core/messages.js';
import { colourWords, vehicleWords } from '../../../core/messages-vehicles.js';
import { useLanguage } from '../../shared/language.js';
import type { Dossier } from '../dossier.js';
import { statusWords, words } from '../messages.js';

const fieldWords = {
  kind: words.kind,
  bodyColour: words.bodyColour,
  plateColour: words.plateColour,
  make: words.make,
};

/** What the picture shows beside what the register says; differences stand out. */
export function VehicleCard({ dossier }: { dossier: Dossier }) {
  const { say } = useLanguage();
  const { vehicle } = dossier;
  const word = (field: string, value: string): string =>
    say(((field === 'kind' ? vehicleWords : colourWords) as Messages)[value] ?? { vi: value, en: value });
  return (
    <section class="card">
      <h3>{say(words.vehicle)}</h3>
      {vehicle === null ? (
        <p class="none">{say(words.noVehicle)}</p>
      ) : (
        <table class="compare">
          <thead>
            <tr>
              <td />
              <th scope="col">{say(words.seen)}</th>
              <th scope="col">{say(words.registered)}</th>
            </tr>
          </thead>
          <tbody>
            {dossier.comparison.map(({ field, seen, registered, agrees }) => (
              <tr key={field} class={agrees === false ? 'differs' : ''}>
                <th scope="row">{say(fieldWords[field])}</th>
                <td>{seen !== null ? word(field, seen) : field === 'make' ? say(words.byEye) : '–'}</td>
                <td>{field === 'make' ? registered : word(field, registered)}</td>
              </tr>
            ))}
            <tr class={vehicle.status === 'active' ? '' : 'differs'}>
              <th scope="row">{say(words.registerStatus)}</th>
              <td>–</td>
              <td>{say(statusWords[vehicle.status] ?? { vi: vehicle.status, en: vehicle.status })}</td>
            </tr>
          </tbody>
        </table>
      )}
    </section>
  );
}
