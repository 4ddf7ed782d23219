/** Explains the steps of a scenario to people who watch it, in English and Chinese. */
@NullMarked
package org.actsandbox.scenarios.explain;

import org.jspecify.annotations.NullMarked;
