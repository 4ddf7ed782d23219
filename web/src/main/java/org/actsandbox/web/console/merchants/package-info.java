/** Shows merchants, their catalogs and their holds. */
@NullMarked
package org.actsandbox.web.console.merchants;

import org.jspecify.annotations.NullMarked;
