/** Plays scenarios against a sandbox over HTTP and reports what was not as expected. */
@NullMarked
package org.actsandbox.scenarios.engine;

import org.jspecify.annotations.NullMarked;
