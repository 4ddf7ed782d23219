/** The causes of a signature that does not verify, and the result of an examination. */
@NullMarked
package org.actsandbox.sandbox.doctor.diagnosis;

import org.jspecify.annotations.NullMarked;
