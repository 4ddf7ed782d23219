/**
 * Serves the JSON schema of scenario files, and makes scenario files of what happened in a world.
 */
@NullMarked
package org.actsandbox.web.scenario;

import org.jspecify.annotations.NullMarked;
