/** The verifier: query authorizations and verifications (ACT TSD-CRD-VER, TSD-CRD-AUTH). */
@NullMarked
package org.actsandbox.sandbox.credit.verifier;

import org.jspecify.annotations.NullMarked;
