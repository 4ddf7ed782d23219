/** Has the words of credit association that messages of commerce use, too. */
@NullMarked
package org.actsandbox.protocol.credit.code;

import org.jspecify.annotations.NullMarked;
