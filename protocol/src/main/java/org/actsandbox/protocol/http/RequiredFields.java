package org.actsandbox.protocol.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names fields of a body that one endpoint needs, while another, which takes the same record for a
 * change, does not. A missing one is refused together with all other mistakes of the body.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiredFields {

  /** Returns the names on the wire. */
  String[] value();
}
