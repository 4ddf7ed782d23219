/** Writes grades down for people, programs and build servers. */
@NullMarked
package org.actsandbox.scenarios.mission.report;

import org.jspecify.annotations.NullMarked;
