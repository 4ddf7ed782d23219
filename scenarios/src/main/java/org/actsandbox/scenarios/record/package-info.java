/** Makes a scenario file of what happened in a world. */
@NullMarked
package org.actsandbox.scenarios.record;

import org.jspecify.annotations.NullMarked;
