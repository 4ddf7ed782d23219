/**
 * Credit association (ACT TSD-CRD) of one world: what the credit service, the issuer of credentials
 * and the verifier have in common. Each of the three has a package of its own.
 */
@NullMarked
package org.actsandbox.sandbox.credit;

import org.jspecify.annotations.NullMarked;
