import type { NoticeBody } from './body.js';
import { appointmentAfter } from './appointment.js';
import type { NoticeFacts } from './facts.js';
import { plateColours, residencePolice, vehicleTypes } from './messages.js';

/** Puts the facts into the words of form 01/73. Pure: the same facts and stamp give the same body. */
export function composeBody(
  facts: NoticeFacts,
  stamp: { number: string; issuedAt: Date; code: string; verifyUrl: string; keyId: string },
): NoticeBody {
  const { site, law } = facts;
  const unit = { name: site.unit.name, address: site.unit.address, phone: site.unit.phone };
  const at = appointmentAfter(stamp.issuedAt).toISOString();
  const unknown = { vi: facts.vehicleClass, en: facts.vehicleClass };
  return {
    schema: 'phat-nguoi/notice/1',
    number: stamp.number,
    issuedAt: stamp.issuedAt.toISOString(),
    issuedIn: { vi: townOf(site.place.address.vi), en: townOf(site.place.address.en) },
    unit,
    transferredBy: null,
    vehicle: {
      class: facts.vehicleClass,
      type: vehicleTypes[facts.vehicleClass] ?? unknown,
      makeModel: facts.makeModel,
      plate: facts.plateDisplay,
      plateText: facts.plateText,
      plateColour: plateColours[facts.plateColour] ?? plateColours.other ?? unknown,
    },
    ownerKind: facts.ownerKind,
    occurredAt: facts.occurredAt.toISOString(),
    place: { name: site.name, address: site.place.address, lat: site.place.lat, lon: site.place.lon },
    act: {
      code: law.code,
      lawVersion: facts.lawVersion,
      behaviour: { vi: law.legalText, en: law.name.en },
      citation: { vi: capitalised(facts.citation.vi), en: facts.citation.en },
      why: facts.why,
    },
    fine: facts.fine,
    points: facts.points,
    appointments: [
      { at, place: unit },
      { at, place: { ...residencePolice, phone: null } },
    ],
    evidence: [...facts.evidence],
    reading: [...facts.reading],
    officer: { ...facts.officer, confirmedAt: facts.officer.confirmedAt.toISOString() },
    verify: { code: stamp.code, url: stamp.verifyUrl, keyId: stamp.keyId },
  };
}

/** The date line names the town: the last part of the address. */
function townOf(address: string): string {
  return address.split(',').at(-1)?.trim() ?? address;
}

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
