import { randomUUID } from 'node:crypto';

/**
 * Messages in the spirit of RFC 4475, each under the RFC's name for what is odd in it, written anew for our own address. Those of
 * section 3.1.1 are right, however odd, and a call may come of them; the others are wrong or cannot be served.
 */
export type TortureMessage = { readonly name: string; readonly bytes: Buffer };

type Headers = Readonly<Record<string, string | null>>;

/** @param target host and port of the address under test @param from where answers are to go */
export function tortureMessages(target: string, from: string): readonly TortureMessage[] {
  const uri = `sip:0725000299@${target}`;
  const message = (line: string, changes: Headers = {}, body = ''): string => {
    const method = line.split(' ')[0] ?? '';
    const headers: Headers = {
      Via: `SIP/2.0/UDP ${from};rport;branch=z9hG4bK${randomUUID()}`,
      'Max-Forwards': '70',
      From: `"Citizen" <sip:09000000077@${from}>;tag=${randomUUID()}`,
      To: `<${uri}>`,
      'Call-ID': randomUUID(),
      CSeq: `1 ${method}`,
      Contact: `<sip:citizen@${from}>`,
      'Content-Length': String(Buffer.byteLength(body)),
      ...changes,
    };
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [`${name}: ${value}`],
    );
    return [line, ...lines, '', body].join('\r\n');
  };
  const invite = (changes: Headers = {}, line = `INVITE ${uri} SIP/2.0`) => message(line, changes);
  const register = (changes: Headers = {}) => message(`REGISTER sip:${target} SIP/2.0`, changes);
  const answer = (status: string, changes: Headers = {}) =>
    message(`SIP/2.0 ${status}`, { CSeq: '1 INVITE', ...changes });
  const long = (count: number, what = 'x') => what.repeat(count);

  const all: Readonly<Record<string, string | Buffer>> = {
    // 3.1.1: right, however odd
    wsinv: [
      `INVITE sip:vivekg@${target};unknownparam SIP/2.0`,
      'TO :',
      ` sip:vivekg@${target} ;   tag    = 1918181833n`,
      `from   : "J Rosenberg \\\\\\""       <sip:09000000077@${from}>`,
      '  ;',
      '  tag = 98asjd8',
      'MaX-fOrWaRdS: 0068',
      `Call-ID: ${randomUUID()}`,
      'Content-Length   : 0',
      'cseq: 0009',
      '  INVITE',
      `Via  : SIP  /   2.0`,
      ` /UDP`,
      `    ${from};branch=z9hG4bK${randomUUID()}`,
      's :',
      'NewFangledHeader:   newfangled value',
      ' continued newfangled value',
      'UnknownHeaderWithUnusualValue: ;;,,;;,;',
      `m:"Quoted string \\"\\"" <sip:citizen@${from}> ; newparam =`,
      '      newvalue ;',
      '  secondparam ; q = 0.33',
      '',
      '',
    ].join('\r\n'),
    intmeth: message(`!interesting-Method0123456789_*+\`.%indeed'~ ${uri} SIP/2.0`, {
      From: `=_*%+'\`.!~ <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@${from}>;tag=_token~1'+\`*%!-.`,
      To: `"BEL:\u0007 NUL:\\\u0000 DEL:\u007f" <${uri}>`,
    }),
    esc01: invite({}, `INVITE sip:sips%3Auser%40example.com@${target} SIP/2.0`),
    escnull: register({
      To: `<sip:null-%00-null@${target}>`,
      From: `<sip:null-%00-null@${from}>;tag=839923423`,
      Contact: `<sip:%00@${from}>, <sip:%00%00@${from}>`,
    }),
    esc02: message(`RE%47IST%45R sip:${target} SIP/2.0`),
    lwsdisp: message(`OPTIONS ${uri} SIP/2.0`, { From: `caller<sip:caller@${from}>;tag=323` }),
    longreq: message(`OPTIONS sip:${long(150, 'user')}@${target};${long(60, 'parameter')}=1 SIP/2.0`, {
      From: `<sip:${long(120, 'amazinglylongcallername')}@${from}>;tag=${long(20, '12982424')}`,
      'Call-ID': long(50, 'longreq.onereallylongcallid'),
    }),
    dblreq: `${register()}${invite()}`,
    semiuri: message(`OPTIONS sip:user;par=u%40example.net@${target} SIP/2.0`),
    transports: message(`OPTIONS ${uri} SIP/2.0`, {
      Via: `SIP/2.0/UDP ${from};branch=z9hG4bK${randomUUID()}, SIP/2.0/SCTP t2.example.com;branch=z9hG4bKa, SIP/2.0/TLS t3.example.com;branch=z9hG4bKb, SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKc`,
    }),
    unreason: answer('200 = 2**3 * 5**2 но сто девяносто девять - простое'),
    noreason: answer('100 '),
    // 3.1.2: wrong
    badinv01: invite({
      To: `<${uri}>;;,;,,`,
      Via: `SIP/2.0/UDP ${from};;,;,,;branch=z9hG4bK${randomUUID()}`,
      Contact: '"Joe" <sip:joe@example.org>;;;;',
    }),
    clerr: invite({ 'Content-Length': '9999' }),
    ncl: invite({ 'Content-Length': '-999' }),
    scalar02: register({
      CSeq: '36893488147419103232 REGISTER',
      'Max-Forwards': '300',
      Expires: '10000000000000000000000000000000000000000000000000000',
      Contact: `<sip:citizen@${from}>;expires=280297596632815`,
    }),
    scalarlg: answer('503 Service Unavailable', {
      CSeq: '9292394834772304023312 OPTIONS',
      'Retry-After': '949302838503028349304023988',
      Warning: '1812 overture "In Progress"',
    }),
    quotbal: invite({ To: `"Mr. J. User <sip:j.user@${target}>` }),
    ltgtruri: invite({}, `INVITE <${uri}> SIP/2.0`),
    lwsruri: invite({}, `INVITE ${uri}; lr SIP/2.0`),
    lwsstart: invite({}, `INVITE  ${uri}  SIP/2.0`),
    trws: message(`OPTIONS ${uri} SIP/2.0  `, { CSeq: '1 OPTIONS' }),
    escruri: invite({}, `INVITE ${uri}?Route=%3Csip:example.com%3E SIP/2.0`),
    baddate: invite({ Date: 'Fri, 01 Jan 2010 16:00:00 EST' }),
    regbadct: register({ Contact: `sip:user@${from}?Route=%3Csip:sip.example.com%3E` }),
    badaspec: message(`OPTIONS ${uri} SIP/2.0`, { To: `"Watson, Thomas" < sip:t.watson@${target} >` }),
    baddn: message(`OPTIONS ${uri} SIP/2.0`, { From: `Bell, Alexander <sip:a.g.bell@${from}>;tag=43` }),
    badvers: message(`OPTIONS ${uri} SIP/7.0`, { Via: `SIP/7.0/UDP ${from};branch=z9hG4bKkdjuw` }),
    mismatch01: message(`OPTIONS ${uri} SIP/2.0`, { CSeq: '8 INVITE' }),
    mismatch02: message(`NEWMETHOD ${uri} SIP/2.0`, { CSeq: '8 INVITE' }),
    bigcode: answer('4294967301 better not break the receiver'),
    // 3.2 – 3.4: what surrounds the call
    badbranch: message(`OPTIONS ${uri} SIP/2.0`, { Via: `SIP/2.0/UDP ${from};branch=z9hG4bK` }),
    insuf: message(`INVITE ${uri} SIP/2.0`, { 'Call-ID': null, From: null, To: null }),
    unkscm: message('OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0'),
    novelsc: message('OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0'),
    unksm2: register({
      To: 'isbn:2983792873',
      From: `<http://www.example.com>;tag=3234233`,
      Contact: '<name:John_Smith>',
    }),
    bext01: message(`OPTIONS ${uri} SIP/2.0`, {
      Require: 'nothingSupportsThis, nothingSupportsThisEither',
      'Proxy-Require': 'noProxiesSupportThis, norDoAnyProxiesSupportThis',
    }),
    invut: message(`INVITE ${uri} SIP/2.0`, { 'Content-Type': 'application/unknownformat' }, '<audio/>'),
    regaut01: register({ Authorization: 'NoOneKnowsThisScheme opaque-data=here' }),
    multi01: invite().replace(
      'Max-Forwards: 70',
      [
        'Max-Forwards: 5',
        'CSeq: 59 INVITE',
        'Call-ID: a',
        'Call-ID: b',
        `To: sip:other@${target}`,
        'Max-Forwards: 7',
      ].join('\r\n'),
    ),
    mcl01: message(`OPTIONS ${uri} SIP/2.0`).replace(
      'Content-Length: 0',
      'Content-Length: 13\r\nContent-Length: 5',
    ),
    bcast: answer('200 OK', { Via: 'SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23' }),
    zeromf: message(`OPTIONS ${uri} SIP/2.0`, { 'Max-Forwards': '0' }),
    cparam01: register({ Contact: `sip:citizen@${from};unknownparam` }),
    cparam02: register({ Contact: `<sip:citizen@${from};unknownparam>` }),
    regescrt: register({ Contact: `<sip:user@${from}?Route=%3Csip:sip.example.com%3E>` }),
    sdp01: invite({ Accept: 'text/nobodyKnowsThis' }),
    inv2543: message(`INVITE ${uri} SIP/2.0`, {
      Via: `SIP/2.0/UDP ${from}`,
      From: `<sip:iuser@${from}>`,
      'Max-Forwards': null,
      'Record-Route': `<sip:${target}>`,
    }),
    // Beyond the RFC
    nothing: '',
    nul: Buffer.alloc(1_000),
    noise: Buffer.from(Array.from({ length: 1_400 }, (_, at) => (at * 7_919 + (at >> 3)) % 256)),
    endless: `INVITE ${uri} SIP/2.0\r\nVia: ${long(60_000)}`,
    manyHeaders: invite({}).replace('Max-Forwards', `${long(500, 'X: y\r\n')}Max-Forwards`),
  };
  return Object.entries(all).map(([name, text]) => ({
    name,
    bytes: typeof text === 'string' ? Buffer.from(text, 'utf8') : text,
  }));
}
