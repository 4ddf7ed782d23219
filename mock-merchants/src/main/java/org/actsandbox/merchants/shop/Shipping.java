package org.actsandbox.merchants.shop;

import org.actsandbox.protocol.commerce.Text;

/** Lists the ways to ship a parcel. */
enum Shipping {
  STANDARD("std"),
  EXPRESS("exp");

  private final String code;

  Shipping(String code) {
    this.code = code;
  }

  static Shipping of(String code) {
    return code.equals(EXPRESS.code) ? EXPRESS : STANDARD;
  }

  String code() {
    return code;
  }

  Text label() {
    return switch (this) {
      case STANDARD -> new Text("standard shipping", "标准配送");
      case EXPRESS -> new Text("express shipping", "加急配送");
    };
  }
}
