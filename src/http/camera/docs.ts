/** Opening text of /docs: what a device maker has to know to sign. */
export const description = `
Cameras push one picture a request. A push is answered 202 once its bytes and its row are durable.

**Signing.** Every request carries \`X-Camera\`, \`X-Timestamp\`, \`X-Content-Sha256\` and \`X-Signature\`.
The signature is the lower-case hex HMAC-SHA256, under the secret of the camera, of this text (each line ends with LF):

    PN1
    POST
    /v1/frames
    content-type:image/jpeg
    x-camera:km12-north
    x-captured-at:2026-11-22T01:02:03.456Z
    x-content-sha256:<SHA-256 of the body>
    x-sequence:17
    x-timestamp:2026-11-22T01:02:03.900Z

that is: \`PN1\`, the method, path and query as sent, then one line for each of these headers that the request has, names in
lower case, sorted: content-type, x-camera, x-captured-at, x-claims, x-codes, x-content-sha256, x-lane, x-plate, x-plate-box,
x-plate-confidence, x-sequence, x-signal-state, x-speed-box, x-speed-device, x-speed-kmh, x-speed-lane, x-timestamp.

With curl and openssl:

    BODY=$(sha256sum < frame.jpg | cut -d' ' -f1); NOW=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
    SIG=$(printf 'PN1\\nPOST\\n/v1/frames\\ncontent-type:image/jpeg\\nx-camera:%s\\nx-captured-at:%s\\nx-content-sha256:%s\\nx-sequence:%s\\nx-timestamp:%s\\n' \\
      "$CAMERA" "$NOW" "$BODY" "$SEQ" "$NOW" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.*= //')
    curl --data-binary @frame.jpg "$URL/v1/frames" -H 'Content-Type: image/jpeg' -H "X-Camera: $CAMERA" -H "X-Captured-At: $NOW" \\
      -H "X-Content-Sha256: $BODY" -H "X-Sequence: $SEQ" -H "X-Timestamp: $NOW" -H "X-Signature: $SIG"

A signature is good once. A clock more than the allowed difference from \`GET /v1/time\` is refused. 408 and 503 mean "push it
again later" (see Retry-After), signed anew; other refusals stay refusals.
`.trim();
