/** HTTP 402 payment access: header payloads, fingerprint, transaction states (ACT A402). */
@NullMarked
package org.actsandbox.protocol.a402;

import org.jspecify.annotations.NullMarked;
