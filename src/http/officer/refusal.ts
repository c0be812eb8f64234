import { refuser } from '../shared/refuser.js';
import { refusalMessages } from './messages.js';

export const refusal = refuser(refusalMessages);
