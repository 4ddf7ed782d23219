/** Merchants, their catalogs and holds. */
@NullMarked
package org.actsandbox.web.console.merchants;

import org.jspecify.annotations.NullMarked;
