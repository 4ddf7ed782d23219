/**
 * This package decides what evidence proves about a claim (ACT TSD-6), without a world, a clock or
 * a database.
 */
@NullMarked
package org.actsandbox.sandbox.dispute.judgement;

import org.jspecify.annotations.NullMarked;
