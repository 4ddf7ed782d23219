package org.actsandbox.web.console.merchants;

import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.MerchantReader;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the merchants, their catalogs, and the goods that they hold for orders. */
@Controller
@RequestMapping("/console/{world}/merchants")
class MerchantPages {

  private static final int PAGE = 24;

  private final MerchantReader merchantReader;

  MerchantPages(MerchantReader merchantReader) {
    this.merchantReader = merchantReader;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var profiles = merchantReader.profiles(pageRequest.world());
    return pageRequest.page("console/merchants", "merchants").with("profiles", profiles).show();
  }

  @GetMapping("/{merchant}")
  Rendering catalog(PageRequest pageRequest, @PathVariable String merchant) {
    var world = pageRequest.world();
    var query = pageRequest.query("q");
    var page =
        merchantReader.catalog(
            world,
            merchant,
            query,
            pageRequest.query("category"),
            pageRequest.query("cursor"),
            PAGE);
    return pageRequest
        .page("console/merchant", "merchants")
        .with("profile", merchantReader.profile(world, merchant))
        .with("tab", "catalog")
        .with("base", world.at("/merchants/" + merchant).toString())
        .with("q", query == null ? "" : query)
        .with("entries", page.items())
        .with("next", NextPageLink.next(pageRequest, page.next()))
        .show();
  }

  @GetMapping("/{merchant}/items/{item}")
  Rendering item(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String item) {
    var world = pageRequest.world();
    return pageRequest
        .page("console/item", "merchants")
        .with("profile", merchantReader.profile(world, merchant))
        .with("entry", merchantReader.item(world, merchant, item))
        .with("merchants", merchantReader)
        .show();
  }

  @GetMapping("/{merchant}/holds")
  Rendering holds(PageRequest pageRequest, @PathVariable String merchant) {
    var world = pageRequest.world();
    var page = merchantReader.holds(world, merchant, pageRequest.query("cursor"), PAGE);
    return pageRequest
        .page("console/merchant", "merchants")
        .with("profile", merchantReader.profile(world, merchant))
        .with("tab", "holds")
        .with("base", world.at("/merchants/" + merchant).toString())
        .with("holds", page.items())
        .with("next", NextPageLink.next(pageRequest, page.next()))
        .show();
  }
}
