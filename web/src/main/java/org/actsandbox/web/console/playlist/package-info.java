/** Lists what a person shows to others, stop by stop. */
@NullMarked
package org.actsandbox.web.console.playlist;

import org.jspecify.annotations.NullMarked;
