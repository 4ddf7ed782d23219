/** Makes a scenario of what happened in a world. */
@NullMarked
package org.actsandbox.scenarios.record;

import org.jspecify.annotations.NullMarked;
