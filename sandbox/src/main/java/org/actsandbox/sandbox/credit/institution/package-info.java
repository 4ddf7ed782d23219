/**
 * The credit service: statements about principals, mapping rules, confirmations (ACT TSD-CRD-MAP).
 */
@NullMarked
package org.actsandbox.sandbox.credit.institution;

import org.jspecify.annotations.NullMarked;
