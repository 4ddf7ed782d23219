@NullMarked
package org.actsandbox.web.console.attack;

import org.jspecify.annotations.NullMarked;
