package org.actsandbox.web.console.merchants;

import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
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

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var profiles =
        pageRequest.world().participant(Merchants.class).all().stream()
            .map(Merchant::profile)
            .toList();
    return pageRequest.page("console/merchants", "merchants").with("profiles", profiles).show();
  }

  @GetMapping("/{merchant}")
  Rendering catalog(PageRequest pageRequest, @PathVariable String merchant) {
    var shop = pageRequest.world().participant(Merchants.class).get(merchant);
    var query = pageRequest.query("q");
    var page =
        shop.storefront()
            .catalog(query, pageRequest.query("category"), pageRequest.query("cursor"), PAGE);
    return pageRequest
        .page("console/merchant", "merchants")
        .with("profile", shop.profile())
        .with("tab", "catalog")
        .with("base", pageRequest.world().at("/merchants/" + merchant).toString())
        .with("q", query == null ? "" : query)
        .with("entries", page.items())
        .with("next", NextPageLink.next(pageRequest, page.next()))
        .show();
  }

  @GetMapping("/{merchant}/items/{item}")
  Rendering item(
      PageRequest pageRequest, @PathVariable String merchant, @PathVariable String item) {
    var shop = pageRequest.world().participant(Merchants.class).get(merchant);
    return pageRequest
        .page("console/item", "merchants")
        .with("profile", shop.profile())
        .with("entry", shop.storefront().item(item))
        .show();
  }

  @GetMapping("/{merchant}/holds")
  Rendering holds(PageRequest pageRequest, @PathVariable String merchant) {
    var shop = pageRequest.world().participant(Merchants.class).get(merchant);
    var page = shop.orders().holds(pageRequest.query("cursor"), PAGE);
    return pageRequest
        .page("console/merchant", "merchants")
        .with("profile", shop.profile())
        .with("tab", "holds")
        .with("base", pageRequest.world().at("/merchants/" + merchant).toString())
        .with("holds", page.items())
        .with("next", NextPageLink.next(pageRequest, page.next()))
        .show();
  }
}
