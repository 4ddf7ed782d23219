package org.actsandbox.protocol.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The roles whose keys open an endpoint, said at its {@link Caller}. The edge lets nobody else in,
 * and the OpenAPI document says the same; a caller without it may be anybody.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedRoles {

  Role[] value();

  /**
   * Whether the endpoint keeps others out itself, because that is a rule of its participant's and
   * not of the door: a stand-in may get it wrong.
   */
  boolean checkedByEndpoint() default false;
}
