/** Tests of errands. */
@NullMarked
package org.actsandbox.agent.errand;

import org.jspecify.annotations.NullMarked;
