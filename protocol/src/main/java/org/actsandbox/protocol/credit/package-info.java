/**
 * Credit association (ACT TSD-CRD): applications, credentials, statements, query authorizations and
 * verifications, with the bytes that each signature covers. The wire names are those of the
 * published profile {@code reference-v1}, which are in camelCase.
 */
@NullMarked
package org.actsandbox.protocol.credit;

import org.jspecify.annotations.NullMarked;
