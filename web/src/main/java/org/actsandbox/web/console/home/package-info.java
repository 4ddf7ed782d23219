/** Contains the start page and the guides for merchants and agent builders. */
@NullMarked
package org.actsandbox.web.console.home;

import org.jspecify.annotations.NullMarked;
