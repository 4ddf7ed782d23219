/** Named misbehaviour at the edge of a participant, on purpose and by seed. */
@NullMarked
package org.actsandbox.sandbox.fault;

import org.jspecify.annotations.NullMarked;
