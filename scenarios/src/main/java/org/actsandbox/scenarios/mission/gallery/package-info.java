/**
 * A careful agent over HTTP, and bad ones that differ from it in one thing each: they prove that
 * each mission can be failed.
 */
@NullMarked
package org.actsandbox.scenarios.mission.gallery;

import org.jspecify.annotations.NullMarked;
