/** Says why a signature does not verify: reads a text, finds what is signed, examines it. */
@NullMarked
package org.actsandbox.sandbox.doctor;

import org.jspecify.annotations.NullMarked;
