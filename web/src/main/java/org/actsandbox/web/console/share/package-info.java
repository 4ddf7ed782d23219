/** Links to stored runs: made and revoked by the operator, opened by anybody who has one. */
@NullMarked
package org.actsandbox.web.console.share;

import org.jspecify.annotations.NullMarked;
