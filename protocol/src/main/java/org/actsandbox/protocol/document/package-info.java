/** Documents that leave the sandbox as files, made of templates. */
@NullMarked
package org.actsandbox.protocol.document;

import org.jspecify.annotations.NullMarked;
