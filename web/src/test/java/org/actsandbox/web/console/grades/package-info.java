@NullMarked
package org.actsandbox.web.console.grades;

import org.jspecify.annotations.NullMarked;
