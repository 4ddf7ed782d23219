/** Plays missions with an agent under test and grades it in the state of the world and in money. */
@NullMarked
package org.actsandbox.scenarios.mission.run;

import org.jspecify.annotations.NullMarked;
