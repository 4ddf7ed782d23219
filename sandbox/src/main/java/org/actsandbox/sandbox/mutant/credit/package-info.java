/** Defective credit services, issuers and verifiers. */
@NullMarked
package org.actsandbox.sandbox.mutant.credit;

import org.jspecify.annotations.NullMarked;
