/**
 * The issuer of association credentials: applications, credentials and their states (ACT
 * TSD-CRD-ASC, TSD-CRD-LCM).
 */
@NullMarked
package org.actsandbox.sandbox.credit.issuer;

import org.jspecify.annotations.NullMarked;
