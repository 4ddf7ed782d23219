/** Missions: what an agent under test is asked to do, and what must be true in the end. */
@NullMarked
package org.actsandbox.scenarios.mission.model;

import org.jspecify.annotations.NullMarked;
