/** Gives the doctor what a world knows: its keys and its journal. */
@NullMarked
package org.actsandbox.sandbox.doctor.world;

import org.jspecify.annotations.NullMarked;
