/** Examines the signatures of ACT messages, tokens and records. */
@NullMarked
package org.actsandbox.sandbox.doctor.act;

import org.jspecify.annotations.NullMarked;
