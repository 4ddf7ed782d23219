/**
 * Credit association (ACT TSD-CRD): applications, credentials, statements, query authorizations and
 * verifications, with the bytes that each signature covers. The wire names are those of the
 * published profile {@code reference-v1}, which are in camelCase. The package stays whole with over
 * 20 types because they are the messages of one profile, which contain each other.
 */
@NullMarked
package org.actsandbox.protocol.credit;

import org.jspecify.annotations.NullMarked;
