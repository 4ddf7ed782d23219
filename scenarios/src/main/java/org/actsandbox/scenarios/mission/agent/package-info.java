/** Agents under test, each reached in another way, and what they are given. */
@NullMarked
package org.actsandbox.scenarios.mission.agent;

import org.jspecify.annotations.NullMarked;
