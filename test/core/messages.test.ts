import t from 'tap';
import { say } from '../../src/core/messages.js';

const message = {
  vi: 'Đi {seconds} giây, năm {year}, {nothing}',
  en: 'Drove {seconds} s, in {year}, {nothing}',
};

t.test('numbers are written as the language writes them, years as years', async (t) => {
  t.equal(say(message, 'vi', { seconds: 4.4, year: 2026 }), 'Đi 4,4 giây, năm 2026, {nothing}');
  t.equal(say(message, 'en', { seconds: 4.4, year: 2026 }), 'Drove 4.4 s, in 2026, {nothing}');
});

t.test('text goes in as it is', async (t) => {
  t.equal(say(message, 'en', { seconds: '4.40' }), 'Drove 4.40 s, in {year}, {nothing}');
});
