/**
 * Lets agents that speak the Model Context Protocol do missions: each has one address with the
 * tools of the mission's world and with tools that reach its principal.
 */
@NullMarked
package org.actsandbox.scenarios.mission.mcp;

import org.jspecify.annotations.NullMarked;
